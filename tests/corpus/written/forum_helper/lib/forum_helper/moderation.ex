defmodule ForumHelper.Moderation do
  alias ForumHelper.LLM
  alias ForumHelper.Topics

  def judge(post) do
    LLM.chat([%{role: "user", content: post.body}],
      model: "gpt-4o",
      properties: %{feature: "moderation", board: post.board, "post_id" => post.id}
    )
  end

  def title(topic) do
    properties = %{"feature" => "title"}
    properties = Map.put(properties, "language", topic.language)
    LLM.chat([%{role: "user", content: topic.text}], properties: properties)
  end

  def overruled(request_id, topic, moderator) do
    LLM.put_property(request_id, "overruled", true)
    LLM.put_property(request_id, "moderator", moderator)
    Topics.put_property(topic, "overruled", true)
  end
end
