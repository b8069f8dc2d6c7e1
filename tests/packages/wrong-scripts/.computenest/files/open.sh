if true; then
  echo yes
# expect: R7018
