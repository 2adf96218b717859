defmodule ForumHelper.Topics do
  def put_property(topic, key, value), do: %{topic | meta: Map.put(topic.meta, key, value)}

  def chat(room, properties: properties), do: Phoenix.PubSub.broadcast(ForumHelper.PubSub, room, {:chat, properties})

  def greet(room), do: chat(room, properties: %{feature: "greeting"})
end
