<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns floors.xml into a rule of the enforcer: every version below a floor is a banned dependency.
     The date of today is an extension function, which a newer JDK allows only as maven.config says. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:date="http://exslt.org/dates-and-times" exclude-result-prefixes="date">

  <xsl:variable name="today" select="number(translate(substring(date:date(), 1, 10), '-', ''))"/>

  <xsl:template match="/floors">
    <enforcer>
      <rules>
        <bannedDependencies>
          <message>
            <xsl:text>Below its floor; .mvn/floors.xml says why.</xsl:text>
            <xsl:for-each select="floor/waived[translate(@until, '-', '') &lt; $today]">
              <xsl:value-of select="concat(' The waiver of ', ../@of, ' ended on ', @until, '.')"/>
            </xsl:for-each>
          </message>
          <excludes>
            <xsl:for-each select="floor[not(waived[translate(@until, '-', '') >= $today])]">
              <exclude><xsl:value-of select="concat(@of, ':(,', @from, ')')"/></exclude>
            </xsl:for-each>
          </excludes>
          <includes>
            <xsl:for-each select="floor/@but">
              <include><xsl:value-of select="."/></include>
            </xsl:for-each>
          </includes>
        </bannedDependencies>
      </rules>
    </enforcer>
  </xsl:template>
</xsl:stylesheet>
