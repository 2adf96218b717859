from .client import Gateway, gateway
from .scope import llm_feature, llm_properties
