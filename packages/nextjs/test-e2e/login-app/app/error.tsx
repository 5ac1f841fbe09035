'use client';

export default function Failure({ error }: { readonly error: { readonly digest?: string } }) {
  return <p>error: {error.digest}</p>;
}
