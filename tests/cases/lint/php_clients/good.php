<?php

declare(strict_types=1);

namespace App\Services;

use GuzzleHttp\Client;
use Illuminate\Support\Facades\Http;

$client = \OpenAI::factory()
    ->withApiKey($key)
    ->withBaseUri('oai.helicone.ai/v1')
    ->withHttpHeader('Helicone-Auth', "Bearer {$heliconeKey}")
    ->withHttpHeader('Helicone-Property-App', 'chat')
    ->withHttpHeader('Helicone-Property-Customer_Id', "cust_{$customer->id}")
    ->make();

$guzzle = new Client([
    'base_uri' => 'https://oai.helicone.ai',
    'headers' => [
        'Helicone-Auth' => 'Bearer ' . $heliconeKey,
        'Helicone-Property-Environment' => 'production', // of this server
        "Helicone-Property-User_Tier" => $tier,
        'helicone-property-billable' => $free ? 'false' : 'true',
    ],
]);
$guzzle->post('/v1/chat/completions', ['json' => $body, 'headers' => ['Helicone-Property-App' => 'chat'] + $common]);
$guzzle->request('POST', $url, array('headers' => array('Helicone-Property-App' => 'chat')));

Http::withToken($key)->withHeaders([
    'Helicone-Property-App' => 'chat',
    ...$more,
])->post($url, $body);
Http::withHeader('Helicone-Property-App', 'chat')->post($url, $body);

$request = $request->withHeader('Helicone-Property-App', 'chat')?->withAddedHeader('Helicone-Property-App', 'chat');
$request = new Request('POST', $url, ['Helicone-Property-App' => 'chat'], $body);

$ch = curl_init('https://oai.helicone.ai/v1/chat/completions');
curl_setopt($ch, CURLOPT_HTTPHEADER, [
    'Content-Type: application/json',
    'Helicone-Auth: Bearer ' . $heliconeKey,
    'Helicone-Property-App: chat',
    "Helicone-Property-Customer_Id: cust_$id",
    'Helicone-Property-User_Tier: ' . $tier,
]);
curl_setopt_array($ch, [CURLOPT_HTTPHEADER => ['Helicone-Property-App: chat', 'Helicone-Property-Billable: true']]);

$lines = ['Accept: application/json'];
$lines[] = 'Helicone-Property-App: chat';
$lines[] = "Helicone-Property-Environment: staging";
array_push($names, ['Helicone-Property-App', 'chat']);

shell_exec('curl -H "Helicone-Property-App: chat" ' . $url);
$output = `curl -H "Helicone-Property-User_Tier: $tier" $url`;
stream_context_create(['http' => ['header' => ['Helicone-Property-App: chat', 'Accept: text/plain']]]);
stream_context_create(['http' => ['header' => "Accept: text/plain\r\nHelicone-Property-App: chat\r\n"]]);
$headers += ['Helicone-Property-App' => 'chat'];
$headers[strtolower('Helicone-Property-App')] = 'chat';

$headers['Helicone-Property-App'] = 'chat';
$this->headers["Helicone-Property-Environment"] ??= 'development';
$headers->set('Helicone-Property-App', 'chat');
$headers->set(key: 'Helicone-Property-App', value: 'chat');
$headers = array_merge($headers, ['Helicone-Property-App' => 'chat']);

return [
    'openai' => ['headers' => ['Helicone-Property-Environment' => env('APP_ENV', 'production')]],
];
