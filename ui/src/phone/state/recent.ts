// The products that were claimed last on this phone, so that the next claim finds them first.
import type { ProductView } from '../../lib/generated/ProductView';

const keptMax = 8;

function keyOf(programme: string): string {
  return `carrot.products.${programme}`;
}

/** Ids of products, the last used first. */
export function recentProducts(programme: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(programme)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, keptMax) : [];
  } catch {
    return [];
  }
}

/** Puts a product first. */
export function rememberProduct(programme: string, id: string): void {
  const rest = recentProducts(programme).filter((other) => other !== id);
  localStorage.setItem(keyOf(programme), JSON.stringify([id, ...rest].slice(0, keptMax)));
}

/** Products with those used last in front; the rest keep their order. */
export function lastUsedFirst(products: readonly ProductView[], recent: readonly string[]): ProductView[] {
  const rank = (product: ProductView) => {
    const at = recent.indexOf(product.id);
    return at < 0 ? recent.length : at;
  };
  return [...products].sort((a, b) => rank(a) - rank(b));
}
