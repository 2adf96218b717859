async fn write(client: &Client, base: &str, id: &str, key: &str, value: &str) -> Result<(), Error> {
    let url = format!("{}/v1/request/{}/property", base, id);
    client.put(&url).json(&json!({"key": "env", "value": "production"})).send().await?;
    client.put(&url).json(&json!({"environment": "production"})).send().await?;
    client.put(&url).json(&json!({ "key": key, "value": value })).send().await?;
    client.put(&url).json(&json!({"key": "billable", "value": true})).send().await?;
    client.put(&url).body(format!(r#"{{"key": "{}", "value": "{}"}}"#, key, value)).send().await?;
    client.put(&url).body(r#"{"key": "user_tier", "value": "gold"}"#).send().await?;
    client.put(&url).json(&Update { key, value }).send().await?;
    client.put(&url).json(&Update { key: "unheard".into(), value }).send().await?;
    client.put(&url).json(&given).send().await?;
    client.put(&url).send().await?;
    let body = Update::new(key, value);
    client.request(reqwest::Method::PUT, url).json(&body).send().await?;
    Ok(())
}
