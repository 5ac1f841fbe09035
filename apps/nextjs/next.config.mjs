export default {
  // The type check is tsc's, with the rest of the repository.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
};
