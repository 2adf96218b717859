<?php
final class Properties
{
    private const PREFIX = 'Helicone-Property-';
    private const ENVIRONMENT = 'Helicone-Property-Env';
    private const TIER = "gold";

    public static function toHeaders(array $properties): array
    {
        $headers = [self::ENVIRONMENT => 'production', self::PREFIX . 'User_Tier' => self::TIER];
        foreach ($properties as $key => $value) {
            $headers["Helicone-Property-$key"] = (string) $value;
            $headers[self::PREFIX . ucfirst($key)] = $value;
            $lines[] = "Helicone-Property-{$key}: {$value}";
            $request = $request->withHeader(sprintf('Helicone-Property-%s', $key), $value);
        }
        $headers[self::PREFIX . 'feature_' . $flag] = 'on';
        return $headers;
    }

    private static function name(string $key): string
    {
        return 'Helicone-Property-' . $key;
    }

    private function each(array $properties): array
    {
        return array_map(fn (string $key) => "Helicone-Property-{$key}", array_keys($properties));
    }
}
