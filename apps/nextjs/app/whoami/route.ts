import { pageHeaders } from '@trusted-header/app-ui';
import { withIdentity } from '@trusted-header/nextjs';

export const GET = withIdentity((identity) =>
  Response.json({ decision: 'authenticated', identity }, { headers: pageHeaders }),
);
