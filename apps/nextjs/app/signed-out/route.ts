import { signedOutPage } from '@trusted-header/app-ui';
import { page } from '../../src/page';

export const GET = () => page(signedOutPage);
