<?php
$client->withHttpHeader('Helicone-Property-Env', 'production')->withHttpHeader("Helicone-Property-Environment", "prod");
Http::withHeaders(['Helicone-Property-Customer-Id' => 'cust_1', 'Helicone-Property-Unheard' => 'x']);
new Client(['headers' => ['Helicone-Property-User_Tier' => 'premium', 'Helicone-Property-Billable' => true]]);
$headers['Helicone-Property-Quality_Score'] = 0.5;
$headers['Helicone-Property-Feature_Search'] = null;
$headers = array("Helicone-Property-App" => '', "Helicone-Property-app" => "chat");
curl_setopt($ch, CURLOPT_HTTPHEADER, ['Helicone-Property-Env: production', "Helicone-Property-User_Tier: gold"]);
$lines[] = "Helicone-Property-Apps: chat";
$request->withHeader('Helicone-Property-Environment', /* not yet */ 'test');
$emoji = ['😀' => 1, 'Helicone-Property-env' => 'dev'];
$headers["Helicone-Property-{$key}"] = $value;
stream_context_create(['http' => ['header' => "Helicone-Property-Env: dev\r\nHelicone-Property-$key: x"]]);
