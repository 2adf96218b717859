use std::collections::HashMap;

fn headers(tier: &str, live: bool, plan: Plan) -> HashMap<String, String> {
    let mut headers = HashMap::from([
        ("Helicone-Auth".to_string(), format!("Bearer {}", key())),
        ("Helicone-Property-Environment".to_string(), "production".to_string()),
        ("helicone-property-user_tier".to_string(), tier.to_string()),
        (r#"Helicone-Property-Customer_Id"#.into(), r"cust_1".into()),
    ]);
    headers.insert("Helicone-Property-App".to_string(), "chat".to_string());
    headers.insert(String::from("Helicone-Property-Billable"), String::from("true"));
    headers.insert(
        "Helicone-Property-Environment".into(),
        if live { "production" } else { "staging" }.into(),
    );
    let tier = match plan {
        Plan::Pro => "pro",
        Plan::Enterprise => { "enterprise" }
        _ => "free",
    };
    headers.insert("Helicone-Property-User_Tier".to_owned(), tier.to_owned());
    headers.insert("Helicone-Property-App".to_owned(), name.unwrap_or("chat").to_owned());
    headers.extend(vec![("Helicone-Property-App", "chat"), ("Accept", "text/plain")]);
    headers
}

const PAIRS: &[(&str, &str)] = &[("Helicone-Property-App", "chat")];

fn literals(name: &str) {
    let map = hashmap! { "Helicone-Property-App" => "chat", "Helicone-Property-Environment" => "staging" };
    let json = serde_json::json!({
        "extra_headers": { "Helicone-Property-App": name, "Helicone-Property-Billable": "true" },
        "nested": [{ "Helicone-Property-App": "chat" }],
    });
    let entry = Header { name: "Helicone-Property-App", value: "chat" };
}
