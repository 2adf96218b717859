package assistant

func TestHeaders(t *testing.T) {
	want := map[string]string{"Helicone-Property-Nope": "x"}
	wantHeaders := http.Header{"Helicone-Property-Nope": {"x"}}
	expected := map[string]string{"Helicone-Property-Nope": "x"}
	assert.Equal(t, "x", got.Get("Helicone-Property-Nope"))
	assert.Equal(t, map[string]string{"Helicone-Property-Nope": "x"}, got)
	require.Contains(t, got, "Helicone-Property-Nope")
	assert.NotContains(t, got, "Helicone-Property-Nope", "x")
	require.Equal(t, got["Helicone-Property-Nope"], "x")
	assert.EqualValues(t, []string{"Helicone-Property-Nope", "x"}, pairs)
	if got := req.Header.Get("Helicone-Property-Nope"); got != "x" {
		t.Errorf("Helicone-Property-Nope = %q, want %q", got, "x")
	}
	if !reflect.DeepEqual(got, map[string]string{"Helicone-Property-Nope": "x"}) {
		t.Fatal("Helicone-Property-Nope")
	}
	if diff := cmp.Diff(map[string]string{"Helicone-Property-Nope": "x"}, got); diff != "" {
		t.Error(diff)
	}
	tests := []struct {
		name string
		want map[string]string
	}{
		{name: "property", want: map[string]string{"Helicone-Property-Nope": "x"}},
	}
}
