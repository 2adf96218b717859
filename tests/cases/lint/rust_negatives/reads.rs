//! Sends `("Helicone-Property-Nope", "x")`.

/// `headers.insert("Helicone-Property-Nope", "x")`
const PREFIX: &str = "Helicone-Property-";
const ALLOWED: [&str; 3] = ["Helicone-Property-Nope", "Helicone-Property-Other", "Accept"];
const BOTH: &[&str] = &["Helicone-Property-Nope", "Accept"];

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    // headers.insert("Helicone-Property-Nope", "x");
    let value = headers.get("Helicone-Property-Nope")?;
    let other = &headers["Helicone-Property-Nope"];
    if headers.contains_key("Helicone-Property-Nope") || name == "Helicone-Property-Nope" {
        headers.remove("Helicone-Property-Nope");
    }
    if name.starts_with("Helicone-Property-") || name.eq_ignore_ascii_case("Helicone-Property-Nope") {
        println!("Helicone-Property-Nope: {}", value);
        info!("Helicone-Property-Nope", "x");
        tracing::warn!(header = "Helicone-Property-Nope", "missing");
    }
    let rest = name.strip_prefix("Helicone-Property-").unwrap_or("x");
    match name {
        "Helicone-Property-Nope" => None,
        "Helicone-Property-Other" | "Helicone-Property-More" => Some("x".to_string()),
        _ if name.trim_start_matches("Helicone-Property-").is_empty() => None,
        _ => Some(rest.to_string()),
    }
}

fn fail() -> Result<(), Error> {
    let token = std::env::var("HELICONE_PROPERTY_NOPE");
    let pattern = Regex::new(r"Helicone-Property-(.*)")?;
    return Err(anyhow!("Helicone-Property-Nope", "x"));
}
