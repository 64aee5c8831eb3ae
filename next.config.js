// @ts-check
/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked once, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
};

export default config;
