<?php

declare(strict_types=1);

namespace Clinic\Reporting;

final class Reporter
{
    /** @var array<string, array<string, string>> */
    private array $reports = [];

    public function ask(string $report, array $properties): array
    {
        return array_intersect_key($this->reports[$report] ?? [], $properties);
    }

    public function addProperty(string $report, string $key, string $value): void
    {
        $this->reports[$report][$key] = $value;
    }
}
