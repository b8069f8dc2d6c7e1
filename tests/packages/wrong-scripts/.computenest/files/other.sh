#!/usr/bin/env python3
print("""a \ # none of a shell's
  --b""")
if True: {
}
