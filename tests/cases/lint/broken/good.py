headers = {"Helicone-Property-App": "chat"}
def after(:
