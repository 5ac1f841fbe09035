export default function Page({ all }) {
  return <pre>CATCH-ALL {JSON.stringify(all)}</pre>;
}

export function getServerSideProps({ query }) {
  return { props: { all: query.all } };
}
