from app.llm.factory import chat_model, embeddings_client
from app.llm.options import RequestOptions, property_headers

__all__ = ["RequestOptions", "chat_model", "embeddings_client", "property_headers"]
