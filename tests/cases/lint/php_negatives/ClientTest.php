<?php
final class ClientTest extends TestCase
{
    public function testHeaders(): void
    {
        $this->assertSame('x', $request->getHeaderLine('Helicone-Property-Nope'));
        $this->assertSame(['Helicone-Property-Nope' => 'x'], $client->headers());
        self::assertArrayHasKey('Helicone-Property-Nope', $headers);
        self::assertContains('Helicone-Property-Nope: x', $lines);
        $this->assertEquals(['Helicone-Property-Nope: x', 'Accept: text/plain'], $lines);
        $client->expects($this->once())->method('post')->with($url, ['headers' => ['Helicone-Property-Nope' => 'x']]);
        $mock->shouldReceive('post')->with(['Helicone-Property-Nope' => 'x'])->andReturn($response);
        Http::assertSent(fn ($request) => $request->hasHeader('Helicone-Property-Nope', 'x'));
        expect($headers)->toBe(['Helicone-Property-Nope' => 'x']);
        $expected = ['Helicone-Property-Nope' => 'x'];
    }
}
