<?php
$guzzle->put("https://api.helicone.ai/v1/request/{$id}/property", ['json' => ['key' => 'environment', 'value' => 'production']]);
$guzzle->request('PUT', '/v1/request/' . $id . '/property', [
    'headers' => ['Authorization' => "Bearer $key"],
    'json' => ['key' => 'app', 'value' => $name],
]);
$guzzle->put("/v1/request/$id/property", ['body' => json_encode(['key' => 'user_tier', 'value' => 'pro'])]);
Http::withToken($key)->put("https://api.helicone.ai/v1/request/{$id}/property", ['key' => 'billable', 'value' => 'true']);
Http::withToken($key)->put(sprintf('%s/v1/request/%s/property', $api, $id), ['key' => 'app', 'value' => 'chat']);
$request = new Request('PUT', "/v1/request/$id/property", ['Content-Type' => 'application/json'], '{"key": "app", "value": "chat"}');

$ch = curl_init("https://api.helicone.ai/v1/request/$id/property");
curl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'PUT');
curl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: application/json']);
curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode(['key' => 'environment', 'value' => 'staging']));
curl_exec($ch);

$curl = curl_init();
curl_setopt_array($curl, [
    CURLOPT_URL => "https://api.helicone.ai/v1/request/{$id}/property",
    CURLOPT_CUSTOMREQUEST => 'PUT',
    CURLOPT_POSTFIELDS => json_encode(['key' => 'app', 'value' => 'chat']),
]);

$options = [
    CURLOPT_URL => "https://api.helicone.ai/v1/request/{$id}/property",
    CURLOPT_CUSTOMREQUEST => 'PUT',
    CURLOPT_POSTFIELDS => json_encode(['key' => 'app', 'value' => 'x']),
];
wp_remote_request("$api/v1/request/$id/property", ['method' => 'PUT', 'body' => wp_json_encode(['key' => 'app', 'value' => 'x'])]);
$json = <<<JSON
{"key": "app", "value": "chat"}
JSON;
$guzzle->put("/v1/request/$id/property", ['body' => $json]);

$guzzle->post("/v1/request/$id/property", ['json' => ['key' => 'no_put', 'value' => 'x']]);
Http::get("/v1/request/{$id}/property");
Route::put('/v1/request/{id}/property', [PropertyController::class, 'update']);
