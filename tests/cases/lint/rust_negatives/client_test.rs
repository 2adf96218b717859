#[test]
fn headers() {
    let expected = vec![("Helicone-Property-Nope", "x")];
    let expected_headers = HashMap::from([("Helicone-Property-Nope", "x")]);
    assert_eq!(headers["Helicone-Property-Nope"], "x");
    assert_eq!(headers.get("Helicone-Property-Nope").unwrap(), "x");
    assert_eq!(headers, HashMap::from([("Helicone-Property-Nope", "x")]));
    assert!(headers.contains_key("Helicone-Property-Nope"));
    assert!(pairs.contains(&("Helicone-Property-Nope", "x")));
    assert_eq!(pairs, vec![("Helicone-Property-Nope", "x")]);
    Mock::given(method("POST")).and(header("Helicone-Property-Nope", "x")).mount(&server);
    server.mock("POST", "/v1").match_header("Helicone-Property-Nope", "x").create();
}
