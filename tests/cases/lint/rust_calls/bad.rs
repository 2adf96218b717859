fn send(request: RequestBuilder, properties: &HashMap<String, String>, name: &str) {
    request.header("Helicone-Property-AppName", "chat");
    request.header("Helicone-Property-Environment", "test");
    headers.insert("Helicone-Property-Env", HeaderValue::from_static("dev"));
    headers.insert(HeaderName::from_static("helicone-property-user_tier"), "gold".parse().unwrap());
    headers.insert("Helicone-Property-User_Tier", tier.unwrap_or("gold").parse()?);
    for (key, value) in properties {
        request.header(format!("Helicone-Property-{}", key), value);
        request.header(&format!("Helicone-Property-{key}"), value);
        headers.insert(HeaderName::from_str(&format!("Helicone-Property-{}", key))?, value.parse()?);
    }
    request.header(format!("Helicone-Property-featur_{}", name), "on");
    request.header("Helicone-Property-App", "caf\u{e9}");
    Command::new("curl").arg("-H").arg("Helicone-Property-Env: prod");
    tokio::try_join!(first.header("Helicone-Property-Apps", "x").send(), second.send());
    tokio::select! {
        answer = request.header("Helicone-Property-Unheard", "x").send() => answer,
        _ = timeout => None,
    }
}

fn header_of(name: &str) -> String {
    format!("Helicone-Property-{}", name)
}

fn header_for(name: &str) -> String {
    let name = name.trim();
    format!("Helicone-Property-{name}")
}

fn early(name: &str) -> String {
    return "Helicone-Property-".to_string() + name;
}
