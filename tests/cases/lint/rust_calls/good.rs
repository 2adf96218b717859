async fn send(client: &reqwest::Client, tier: Option<&str>, name: &str) -> Result<(), Error> {
    let response = client
        .post("https://oai.helicone.ai/v1/chat/completions")
        .header("Helicone-Auth", format!("Bearer {}", key))
        .header("Helicone-Property-App", "chat")
        .header("Helicone-Property-User_Tier", tier.unwrap_or("free"))
        .header(format!("Helicone-Property-{}", "Environment"), "staging")
        .header(format!("Helicone-Property-feature_{}", name), "enabled")
        .send()
        .await?;
    let mut headers = HeaderMap::new();
    headers.insert("Helicone-Property-App", "chat".parse()?);
    headers.insert("Helicone-Property-App", HeaderValue::from_static("chat"));
    headers.insert(HeaderName::from_static("helicone-property-app"), HeaderValue::from_str(name)?);
    headers.append(HeaderName::from_bytes(b"Helicone-Property-App")?, HeaderValue::from_str("chat").unwrap());
    headers.insert("Helicone-Property-App".parse::<HeaderName>().unwrap(), "chat".parse().expect("valid"));
    headers.insert("Helicone-Property-Customer_Id", format!("cust_{name}").parse()?);
    let request = builder().expect("builder").insert_header(("Helicone-Property-App", "chat"));
    let client = Client::builder().build().unwrap().get(url).header("Helicone-Property-App", name);
    OpenAIConfig::new().with_header("Helicone-Property-App", "chat")?;
    Command::new("curl").arg("-H").arg("Helicone-Property-App: chat").spawn()?;
    Command::new("sh").arg("-c").arg("curl -H 'Helicone-Property-App: chat' https://example.com").spawn()?;
    Command::new("curl").args(["-H", "Helicone-Property-App: chat"]).spawn()?;
    Ok(())
}
