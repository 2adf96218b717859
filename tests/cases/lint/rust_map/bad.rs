fn headers(name: &str) -> Vec<(&'static str, String)> {
    let pairs = vec![
        ("Helicone-Property-Env", "production".to_string()),
        ("Helicone-Property-Environment", "prod".into()),
        ("Helicone-Property-CustomerId", "cust_1".to_owned()),
        ("Helicone-Property-user_tier", r#"premium"#.to_string()),
        ("Helicone-Property-Unheard", String::from("x")),
        ("Helicone-Property-App", String::new()),
        (/* 😀 counts once */ "Helicone-Property-env", "dev".to_string()),
    ];
    let map = HashMap::from([("Helicone-Property-App", ""), ("Helicone-Property-Apps", "chat")]);
    let json = json!({"Helicone-Property-Billable": true, "Helicone-Property-Quality_Score": 0.5});
    let more = maplit::hashmap!{"Helicone-Property-Env".to_string() => "dev".to_string()};
    for (key, value) in properties {
        headers.push((format!("Helicone-Property-{}", key), value));
        headers.push((format!("Helicone-Property-{key}_id"), value));
        headers.push((["Helicone-Property-", key].concat(), value));
        headers.push(("Helicone-Property-".to_owned() + key, value));
    }
    properties.iter().map(|(k, v)| (format!("Helicone-Property-{k}"), v.clone())).collect()
}
