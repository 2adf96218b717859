from .client import acomplete, complete
from .context import LLMContext
from .context import LLMContext as Context

__all__ = ["Context", "LLMContext", "acomplete", "complete"]
