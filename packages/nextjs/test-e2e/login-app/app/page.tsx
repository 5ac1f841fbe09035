import { show } from '../lib/show';

export default async function Home() {
  return <pre>{JSON.stringify(await show())}</pre>;
}
