pub const PREFIX: &str = "Helicone-Property-";
const APP: &str = "Helicone-Property-App";
static ENVIRONMENT: &'static str = "helicone-property-environment";
pub const APP_NAME: HeaderName = HeaderName::from_static("helicone-property-app");

mod headers {
    pub const TIER: &str = "Helicone-Property-User_Tier";
}

lazy_static! {
    static ref BILLABLE: HeaderName = HeaderName::from_static("helicone-property-billable");
}

struct Assistant {
    name: String,
}

impl Assistant {
    const DEFAULT_APP: &'static str = "chat";

    fn headers(&self, request: RequestBuilder, live: bool) -> RequestBuilder {
        let mut environment = "staging";
        if live {
            environment = "production";
        }
        let app = "chat".to_string();
        let header = format!("{PREFIX}App");
        request
            .header(APP, &app)
            .header(APP, Self::DEFAULT_APP)
            .header(APP, Assistant::DEFAULT_APP)
            .header(ENVIRONMENT, environment)
            .header(APP_NAME.clone(), &self.name)
            .header(headers::TIER, "pro")
            .header(BILLABLE.as_str(), "true")
            .header(format!("{}{}", PREFIX, "App"), "chat")
            .header(header, "chat")
            .header(APP, names.map(|app| app))
    }
}
