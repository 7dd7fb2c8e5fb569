package tabular

import "io"

// faultReader remembers why reading failed. The libraries that read here and there take such an error for damage of
// the file, or for its end; a context that was cancelled is neither.
type faultReader struct {
	r   io.ReaderAt
	err error // the first one that is not the end of the file
}

// ReadAt implements [io.ReaderAt]. After a fault it reads no more.
func (f *faultReader) ReadAt(p []byte, off int64) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// fault puts the reason why reading failed in the place of an error that came of it.
func (f *faultReader) fault(err *error) {
	if *err != nil && f.err != nil {
		*err = f.err
	}
}
