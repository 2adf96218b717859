await fetch(new URL(`/v1/request/${id}/property`, base), {
  method: "PUT",
  body: JSON.stringify({ key: "app", value: "new" }),
});
const address = new URL(`/v1/request/${id}/property`, base);
await fetch(address, { method: "PUT", body: JSON.stringify({ key: "app", value: "named" }) });
