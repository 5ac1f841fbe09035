export default {
  // As create-next-app writes it.
  cacheComponents: true,
  partialPrefetching: true,
  // The type check is tsc's, with the rest of the repository.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // Loaded by Node as it is: SQLite has a native part.
  serverExternalPackages: ['@trusted-header/app-data'],
};
