# Unpack Debian's Apache Jena, and the jars it needs, into a folder. Nothing is installed, and no rights are needed.
set -eu

folder=$1
package=libapache-jena-java
only_depends="--no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances"

apt-cache show $package >/dev/null 2>&1 || apt-get update -qq
rm -rf "$folder"
mkdir -p "$folder/packages"
cd "$folder/packages"
apt-get download -qq $(apt-cache depends --recurse $only_depends $package | grep '^[a-z]' | sort -u)
for file in *.deb; do
  dpkg-deb --extract "$file" ..
done
