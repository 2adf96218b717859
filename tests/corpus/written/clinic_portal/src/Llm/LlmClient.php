<?php

declare(strict_types=1);

namespace Clinic\Llm;

use GuzzleHttp\ClientInterface;

final class LlmClient
{
    private const PREFIX = 'Helicone-Property-';

    /** @param array<string, string> $defaults */
    public function __construct(
        private readonly ClientInterface $http,
        private readonly string $heliconeKey,
        private readonly array $defaults = [],
    ) {
    }

    /** @param array<string, scalar> $properties */
    public function ask(string $prompt, array $properties = [], string $model = 'gpt-4o-mini'): string
    {
        $response = $this->http->request('POST', 'https://oai.helicone.ai/v1/chat/completions', [
            'headers' => $this->headers($properties),
            'json' => ['model' => $model, 'messages' => [['role' => 'user', 'content' => $prompt]]],
        ]);

        return json_decode((string) $response->getBody(), true)['choices'][0]['message']['content'];
    }

    public function addProperty(string $requestId, string $key, string $value): void
    {
        $this->http->request('PUT', "https://api.helicone.ai/v1/request/{$requestId}/property", [
            'headers' => ['Authorization' => 'Bearer ' . $this->heliconeKey],
            'json' => ['key' => $key, 'value' => $value],
        ]);
    }

    private function headers(array $properties): array
    {
        $headers = [
            'Helicone-Auth' => 'Bearer ' . $this->heliconeKey,
            'Helicone-Property-app' => 'clinic-portal',
        ];
        foreach (array_merge($this->defaults, $properties) as $name => $value) {
            $headers[self::PREFIX . $name] = (string) $value;
        }

        return $headers;
    }
}
