const PREFIX: &str = "Helicone-Property-";
const ENV: &str = "Helicone-Property-Env";
const SHORT: &str = "prod";

enum Key {
    App,
    Unheard,
}

impl Key {
    fn as_str(&self) -> &'static str {
        match self {
            Key::App => "Helicone-Property-App",
            Key::Unheard => "Helicone-Property-Unheard",
        }
    }
}

fn set(request: RequestBuilder, key: &str, value: &str) {
    let unheard = "Helicone-Property-Unheard".to_string();
    request.header(ENV, "production");
    request.header(&unheard, value);
    request.header("Helicone-Property-Environment", SHORT);
    request.header(format!("{PREFIX}Environment"), if live { SHORT } else { "qa" });
    request.header(format!("{PREFIX}{key}"), value);
    request.header(format!("{}{}", PREFIX, key), value);
    let name = format!("{}{}", PREFIX, key);
    request.header(name.as_str(), value);
    let pairs = [(ENV, SHORT), (unheard.as_str(), "x")];
}

fn shadowed(request: RequestBuilder, (ENV, SHORT): (&str, &str)) {
    request.header("Helicone-Property-Environment", SHORT);
    if let Some(SHORT) = value {
        request.header("Helicone-Property-Environment", SHORT);
    }
}
