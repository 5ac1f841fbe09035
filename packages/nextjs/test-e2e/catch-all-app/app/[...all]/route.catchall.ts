interface Context {
  readonly params: Promise<{ readonly all: readonly string[] }>;
}

/** A backend for the frontend, which sends everything on. */
async function route(_request: Request, { params }: Context): Promise<Response> {
  return new Response(`CATCH-ALL ${JSON.stringify(await params)}`);
}

export { route as DELETE, route as GET, route as HEAD, route as POST, route as PUT };
