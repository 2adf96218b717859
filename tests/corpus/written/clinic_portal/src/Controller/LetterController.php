<?php

declare(strict_types=1);

namespace Clinic\Controller;

use Clinic\Llm\LlmClient;
use Clinic\Reporting\Reporter;
use Symfony\Component\HttpFoundation\Response;

final class LetterController
{
    public function __construct(private readonly LlmClient $llm, private readonly Reporter $reporter)
    {
    }

    public function draft(string $patient, string $findings): Response
    {
        $letter = $this->llm->ask("Write a letter to the GP:\n$findings", [
            'feature' => 'letter',
            'department' => 'cardiology',
            'draft' => true,
        ], 'gpt-4o');
        $this->reporter->ask('letters', ['feature' => 'letter', 'patient' => $patient]);

        return new Response($letter, headers: ['X-Feature' => 'letter']);
    }

    public function approve(string $requestId, string $doctor): void
    {
        $this->llm->addProperty($requestId, 'review_status', 'approved');
        $this->llm->addProperty($requestId, key: 'reviewer', value: $doctor);
        $this->reporter->addProperty('letters', 'approved_by', $doctor);
    }
}
