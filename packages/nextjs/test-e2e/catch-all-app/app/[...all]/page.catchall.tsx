interface Props {
  readonly params: Promise<{ readonly all: readonly string[] }>;
}

/** A page that looks nobody up: `proxy.ts` is to let nobody in. */
export default async function Page({ params }: Props) {
  return <pre>CATCH-ALL {JSON.stringify(await params)}</pre>;
}
