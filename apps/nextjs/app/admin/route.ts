import { adminPage } from '@trusted-header/app-ui';
import { withIdentity } from '@trusted-header/nextjs';
import { page } from '../../src/page';

export const GET = withIdentity(() => page(adminPage), { groups: { anyOf: ['admin'] } });
