var headers = { 'Helicone-Property-Env': 'dev' };
headers['Helicone-Property-Environment'] = 'it\'s';
