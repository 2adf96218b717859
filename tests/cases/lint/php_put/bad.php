<?php
$guzzle->put("/v1/request/$id/property", ['json' => ['key' => 'env', 'value' => 'production']]);
$guzzle->put("/v1/request/$id/property", ['json' => ['environment' => 'production']]);
Http::put("/v1/request/{$id}/property", ['key' => 'user_tier', 'value' => 'gold']);
Http::put("/v1/request/{$id}/property", $property);
Http::withBody($json)->put("/v1/request/{$id}/property");
$payload = json_encode(['key' => 'billable', 'value' => true]);
$guzzle->put("/v1/request/$id/property", ['body' => $payload]);
$url = $api . '/v1/request/' . $id . '/property';
$ch = curl_init();
curl_setopt($ch, CURLOPT_URL, $url);
curl_setopt($ch, CURLOPT_CUSTOMREQUEST, "PUT");
curl_setopt($ch, CURLOPT_POSTFIELDS, '{"key": "Environment", "value": "prod"}');
