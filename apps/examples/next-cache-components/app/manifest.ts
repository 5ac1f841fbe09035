import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Notice board',
    start_url: '/',
    display: 'standalone',
    icons: [{ src: '/icons/board.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
