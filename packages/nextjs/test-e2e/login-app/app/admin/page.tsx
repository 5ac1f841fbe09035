import { requireRole } from '../../lib/login';

export default async function Admin() {
  const { name } = await requireRole('admin');
  return <p>ADMIN-SECRET for {name}</p>;
}
