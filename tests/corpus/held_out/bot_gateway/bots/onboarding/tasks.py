from celery import shared_task

from gateway.client import Gateway

onboarding = Gateway(app="onboarding", properties=dict(queue="celery"))


@shared_task
def welcome(user_id: int, plan: str):
    props = {"plan": plan}
    props.update(mail_kind="welcome")
    return onboarding.complete(f"Welcome user {user_id} on {plan}", properties=props)
