package ingest

import (
	"context"
	"io"
)

// View calls look with the file's text as a decoder would get it (unpacked, bounded, without byte order mark), for
// looking at a file without reading it into a store. It returns what look returns.
func (f *File) View(ctx context.Context, tenant string, look func(r io.Reader, in Input) error) error {
	c, err := f.content(ctx)
	if err != nil {
		return err
	}
	defer func() { c.close() }()
	head, err := c.head()
	if err != nil {
		return err
	}
	in, err := f.input(ctx, c, tenant, head)
	if err != nil {
		return err
	}
	return look(c, in)
}
