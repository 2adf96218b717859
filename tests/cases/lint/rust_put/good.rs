#[derive(Serialize)]
struct PropertyUpdate<'a> {
    key: &'a str,
    value: &'a str,
}

async fn write(client: &Client, base: &str, id: &str, name: &str) -> Result<(), Error> {
    client
        .put(format!("{}/v1/request/{}/property", base, id))
        .bearer_auth(key)
        .json(&json!({ "key": "environment", "value": "production" }))
        .send()
        .await?;
    let url = format!("{base}/v1/request/{id}/property");
    client.put(&url).json(&PropertyUpdate { key: "app", value: name }).send().await?;
    let body = serde_json::json!({"key": "user_tier", "value": "free"});
    client.put(&url).json(&body).send().await?;
    client.put(&url).body(r#"{"key": "app", "value": "chat"}"#).send().await?;
    client.put(&url).body(body.to_string()).send().await?;
    client.request(Method::PUT, &url).json(&HashMap::from([("key", "billable"), ("value", "true")])).send().await?;
    let mut payload = HashMap::new();
    ureq::put(&url).send_json(ureq::json!({"key": "app", "value": "chat"}))?;
    client.post(&url).json(&json!({"key": "not_a_put", "value": "x"})).send().await?;
    client.get(&url).send().await?;
    Ok(())
}
