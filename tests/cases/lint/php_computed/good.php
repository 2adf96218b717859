<?php

const APP_HEADER = 'Helicone-Property-App';
define('TIER_HEADER', 'Helicone-Property-User_Tier');

enum Header: string
{
    case Environment = 'Helicone-Property-Environment';
}

abstract class Base
{
    public const PREFIX = 'Helicone-Property-';
    protected const TIER = self::PREFIX . 'User_Tier';
}

final class HeliconeClient extends Base
{
    private const ENVIRONMENT = self::PREFIX . 'Environment', PREFIX = 'Helicone-Property-';
    private string $app = 'chat';
    private static string $billable = 'true';

    public function headers(?string $plan): array
    {
        $environment = $this->isLive() ? 'production' : 'staging';
        $tier = match ($plan) {
            'trial', 'hobby' => 'free',
            'team' => 'pro',
            default => 'enterprise',
        };
        $headers = [
            self::PREFIX . 'App' => $this->app,
            static::ENVIRONMENT => $environment,
            self::PREFIX . 'Billable' => static::$billable,
            APP_HEADER => 'a' . 'b',
            TIER_HEADER => 'free',
        ];
        $headers[HeliconeClient::ENVIRONMENT] = $plan ?? 'development';
        $headers[sprintf('Helicone-Property-%s', 'User_Tier')] = $tier;
        $headers[Base::TIER] = $plan ?: 'free';
        $headers['Helicone-Property-' . 'Customer_Id'] = sprintf('cust_%s', $plan);
        $line = APP_HEADER . ': chat';

        return [$line, ...$headers];
    }
}
$name = <<<EOT
Helicone-Property-Billable
EOT;
$headers[$name] = <<<'EOT'
true
EOT;
