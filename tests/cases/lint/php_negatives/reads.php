<?php
// $headers['Helicone-Property-Nope'] = 'x';
# $headers['Helicone-Property-Nope'] = 'x';
/** Sends `['Helicone-Property-Nope' => 'x']`. */
$value = $headers['Helicone-Property-Nope'];
$value = $headers['Helicone-Property-Nope'] ?? 'default';
$value = $request->getHeaderLine('Helicone-Property-Nope');
$value = $request->header('Helicone-Property-Nope');
$value = $request->headers->get('Helicone-Property-Nope', 'default');
if (isset($headers['Helicone-Property-Nope']) && $headers['Helicone-Property-Nope'] === 'x') {
    unset($headers['Helicone-Property-Nope']);
}
if ($request->hasHeader('Helicone-Property-Nope') || array_key_exists('Helicone-Property-Nope', $headers)) {
    $request = $request->withoutHeader('Helicone-Property-Nope');
}
$is = str_starts_with($name, 'Helicone-Property-') || strpos($name, 'Helicone-Property-Nope') === 0;
$rest = str_replace('Helicone-Property-', '', $name);
if (preg_match('/^Helicone-Property-(.*)$/i', $name, $found)) {
    echo "Helicone-Property-Nope: x";
}
Log::info('Helicone-Property-Nope: x');
$logger->warning("Helicone-Property-Nope", ['x' => 1]);
error_log('Helicone-Property-Nope: ' . $value);
throw new \InvalidArgumentException('Helicone-Property-Nope', 1);
const PREFIX = 'Helicone-Property-';
const ALLOWED = ['Helicone-Property-Nope', 'Helicone-Property-Other'];
$allowed = ['Authorization', 'Helicone-Property-Nope', 'Accept'];
in_array('Helicone-Property-Nope', $allowed, true);
$rules = ['Helicone-Property-Nope' => ['required', 'string' => true]];
match ($name) {
    'Helicone-Property-Nope' => $count++,
    default => null,
};
putenv('HELICONE_PROPERTY_NOPE=x');
$name === 'Helicone-Property-Nope' ? 'x' : 'y';
