from .openai_injector import openai  # noqa
from .openai_injector import HeliconeProxyMeta as Meta  # noqa
