from .openai_injector import openai  # noqa
from .openai_injector import HeliconeMeta as Meta  # noqa
