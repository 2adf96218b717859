<?php

use Clinic\Llm\LlmClient;
use GuzzleHttp\Client;

return [
    LlmClient::class => static fn () => new LlmClient(
        new Client(),
        $_ENV['HELICONE_API_KEY'],
        ['environment' => $_ENV['APP_ENV'] ?? 'dev', 'region' => 'eu'],
    ),
    'translations' => ['Helicone-Property-app' => 'App', 'feature' => 'Funktion'],
];
