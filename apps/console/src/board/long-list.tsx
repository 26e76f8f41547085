import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';

export interface LongListProps<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly render: (item: T) => ReactNode;
  /** Pixels that an item usually takes. */
  readonly usualHeight: number;
  /** Pixels between items. */
  readonly gap: number;
  readonly className?: string;
  /** Id of the heading. */
  readonly labelledBy: string;
}

/** Up to so many items are simply there. */
const shortUpTo = 24;
const beyondSight = 6;

/** A list of things; where there are many, only those that can be seen are in the page, in a region that scrolls. */
export function LongList<T>(props: LongListProps<T>) {
  const { items, keyOf, render, className } = props;
  if (items.length > shortUpTo) return <ScrolledList {...props} />;
  return (
    <ul className={className}>
      {items.map((item) => (
        <li key={keyOf(item)}>{render(item)}</li>
      ))}
    </ul>
  );
}

function ScrolledList<T>({ items, keyOf, render, usualHeight, gap, labelledBy }: LongListProps<T>) {
  const place = useRef<HTMLDivElement>(null);
  // Nothing here is memoized by a compiler.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => place.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => keyOf(items[index]),
    overscan: beyondSight,
    gap,
    // Shown with the next frame: in the middle of an event of the wheel it would hold the wheel up.
    useFlushSync: false,
  });
  return (
    <div className="long-list" ref={place} role="region" tabIndex={0} aria-labelledby={labelledBy}>
      <ul className="long-list-items" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            ref={list.measureElement}
            data-index={index}
            aria-setsize={items.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start}px)` }}
          >
            {render(items[index])}
          </li>
        ))}
      </ul>
    </div>
  );
}
