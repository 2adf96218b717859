from __future__ import annotations

from functools import lru_cache

from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    helicone_api_key: str = ""
    helicone_api_url: str = "https://api.helicone.ai"
    environment: str = "development"


@lru_cache
def get_settings() -> Settings:
    return Settings()
