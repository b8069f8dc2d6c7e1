// What the page asks the sandbox for, and what it has it do.

export async function get(what, parameters) {
  return answered(fetch(`/console/data/${what}?${new URLSearchParams(parameters ?? {})}`));
}

export async function act(name, order, token) {
  const headers = { "Content-Type": "application/json", "X-Console-Token": token };
  return answered(fetch(`/console/${name}`, { method: "POST", headers, body: JSON.stringify(order) }));
}

async function answered(request) {
  try {
    const response = await request;
    const found = await response.json();
    return response.ok ? { found } : { failed: `${found.Code}: ${found.Message}` };
  } catch (error) {
    return { failed: String(error.message ?? error) };
  }
}
