from __future__ import annotations

from langchain_core.prompts import ChatPromptTemplate

from app.i18n import translate
from app.llm import RequestOptions, chat_model

prompt = ChatPromptTemplate.from_template("Answer from the policy only.\n{policy}\n\nQuestion: {question}")


async def answer(question: str, policy: str, *, product: str, language: str = "de") -> str:
    options: RequestOptions = {
        "team": "claims",
        "document_set": f"policies/{product}",
        "extra": {
            "language": language,
            "chain": "answer",
        },
    }
    chain = prompt | chat_model(options)
    message = await chain.ainvoke({"policy": policy, "question": question})
    return translate(message.content, language, properties={"formality": "formal"})
